# data files of docs/
