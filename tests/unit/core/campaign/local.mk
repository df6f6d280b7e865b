check_PROGRAMS += tests/unit/core/campaign/test_campaign_state
TESTS += tests/unit/core/campaign/test_campaign_state
tests_unit_core_campaign_test_campaign_state_SOURCES = tests/unit/core/campaign/test_campaign_state.c tests/cm.h
tests_unit_core_campaign_test_campaign_state_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_campaign_test_campaign_state_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/campaign/test_template
TESTS += tests/unit/core/campaign/test_template
tests_unit_core_campaign_test_template_SOURCES = tests/unit/core/campaign/test_template.c tests/cm.h
tests_unit_core_campaign_test_template_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_campaign_test_template_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/campaign/test_campaign_def
TESTS += tests/unit/core/campaign/test_campaign_def
tests_unit_core_campaign_test_campaign_def_SOURCES = tests/unit/core/campaign/test_campaign_def.c tests/cm.h
tests_unit_core_campaign_test_campaign_def_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_campaign_test_campaign_def_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/campaign/test_campaign_policy
TESTS += tests/unit/core/campaign/test_campaign_policy
tests_unit_core_campaign_test_campaign_policy_SOURCES = tests/unit/core/campaign/test_campaign_policy.c tests/cm.h
tests_unit_core_campaign_test_campaign_policy_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_campaign_test_campaign_policy_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/campaign/test_campaign_feed
TESTS += tests/unit/core/campaign/test_campaign_feed
tests_unit_core_campaign_test_campaign_feed_SOURCES = tests/unit/core/campaign/test_campaign_feed.c $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
tests_unit_core_campaign_test_campaign_feed_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_campaign_test_campaign_feed_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/campaign/test_answer_match
TESTS += tests/unit/core/campaign/test_answer_match
tests_unit_core_campaign_test_answer_match_SOURCES = tests/unit/core/campaign/test_answer_match.c tests/cm.h
tests_unit_core_campaign_test_answer_match_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_campaign_test_answer_match_LDADD = $(CORE_TEST_LIBS)
