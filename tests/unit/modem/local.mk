# tests of unit/modem
