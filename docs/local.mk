# Pages for people: installed beside the units, which name them.
dist_doc_DATA += \
	README.md \
	docs/architecture.md \
	docs/campaigns.md \
	docs/duty-officer.md \
	docs/operations.md \
	docs/ussd.md \
	docs/ussd-gateway.md
