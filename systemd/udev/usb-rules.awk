# Makes the udev rules of modem families from their profiles: awk -f usb-rules.awk modems/*.conf >97-hotline-usb.rules
# For each id in "usb": the device is ours, and the tty of its AT port (each tty, where the profile does not know which) gets a
# worker. What is done with that is written in 99-hotlined.rules; 98-hotline-modems.rules of an installation can undo it.

BEGIN {
	print "# Made from modems/*.conf by usb-rules.awk: which USB devices are modems, and which of their ttys is the AT port."
	print "ACTION==\"remove\", GOTO=\"hotline_usb_end\""
	print "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", GOTO=\"hotline_usb_device\""
	print "SUBSYSTEM!=\"tty\", GOTO=\"hotline_usb_end\""
}

function finish_profile(    i) {
	for (i = 1; i <= count; i++)
		add(ids[i])
	count = 0
	usual = -1
}

function add(id,    part, interface, match_interface) {
	split(id, part, "[:/]")
	interface = id ~ /\// ? part[3] : usual
	match_interface = interface >= 0 ? sprintf("ENV{ID_USB_INTERFACE_NUM}==\"%02x\", ", interface) : ""
	printf "ENV{ID_VENDOR_ID}==\"%s\", ENV{ID_MODEL_ID}==\"%s\", ENV{HOTLINE_DEVICE}=\"1\"\n", part[1], part[2]
	printf "ENV{ID_VENDOR_ID}==\"%s\", ENV{ID_MODEL_ID}==\"%s\", %sENV{HOTLINE_PORT}=\"1\"\n", part[1], part[2], match_interface
	devices = devices sprintf("ATTR{idVendor}==\"%s\", ATTR{idProduct}==\"%s\", ENV{HOTLINE_DEVICE}=\"1\"\n", part[1], part[2])
}

FNR == 1 {
	finish_profile()
	inside = 0
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.conf$/, "", name)
}

{ sub(/(^|[ \t;,])(#|\/\/).*/, ";") } # comments; in a list of ids there is none inside a string

/^usb[ \t]*=/ { inside = 1; printf "# %s\n", name }

inside {
	line = $0
	while (match(line, /"[0-9a-f:\/]+"/)) {
		ids[++count] = substr(line, RSTART + 1, RLENGTH - 2)
		line = substr(line, RSTART + RLENGTH)
	}
	if ($0 ~ /\]/)
		inside = 0
}

/^at_interface[ \t]*=/ { sub(/^[^=]*=[ \t]*/, ""); usual = $0 + 0 }

END {
	finish_profile()
	print "GOTO=\"hotline_usb_end\""
	print "LABEL=\"hotline_usb_device\""
	printf "%s", devices
	print "LABEL=\"hotline_usb_end\""
}
