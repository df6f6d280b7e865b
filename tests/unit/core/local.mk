# Each room of the core lists its tests beside it, as in src/core/rooms.
include tests/unit/core/config.mk
