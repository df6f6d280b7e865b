# data files of etc/
