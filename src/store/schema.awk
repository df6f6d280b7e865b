# Turns schema_N.sql into a C string named store_schema_N, comments and all: they are what a person sees who opens
# the database by hand.
BEGIN { name = "" }
FNR == 1 {
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.sql$/, "", name)
	printf "/* Made from %s.sql. */\n#include \"store/migrate.h\"\n\nconst char store_%s[] =\n", name, name
}
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	gsub(/\t/, "\\t")
	printf "\t\"%s\\n\"\n", $0
}
END { print "\t\"\";" }
