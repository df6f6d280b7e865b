# Each room of the core lists its tests beside it, as in src/core/rooms.
include tests/unit/core/config.mk
include tests/unit/core/turn.mk
include tests/unit/core/inbound.mk
include tests/unit/core/outbound.mk
include tests/unit/core/people.mk
