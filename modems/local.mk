# data files of modems/
