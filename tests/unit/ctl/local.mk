# tests of unit/ctl
