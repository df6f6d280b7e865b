# data files of systemd/
