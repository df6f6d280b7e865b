# tests of unit/simmodem
