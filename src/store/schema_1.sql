-- Schema 1. Times: *_ms is wall time in ms since 1970 UTC (for people); *_boot_ms is CLOCK_BOOTTIME (for deadlines), valid
-- within the boot named in meta.boot_id; after another boot every such deadline counts as due.

CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID; -- recovery_public, boot_id, created_ms

CREATE TABLE unit (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,          -- ATPU, MDTF
  public BLOB NOT NULL, recovery_sealed BLOB NOT NULL          -- the unit's secret key, sealed to the recovery key
);
CREATE TABLE person (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, -- officer coordinator auditor
  unit_id INTEGER REFERENCES unit(id), public BLOB NOT NULL, secret_blob BLOB NOT NULL,
  unit_sealed BLOB,                                            -- the unit's secret key, sealed to this person
  created_ms INTEGER NOT NULL, removed_ms INTEGER,
  added_by TEXT NOT NULL DEFAULT ''                            -- whose password did it; '': the recovery key
);

CREATE TABLE roster_override (                                 -- who is on duty instead, for a time; names of the roster
  id INTEGER PRIMARY KEY, rotation TEXT NOT NULL, unit TEXT NOT NULL,    -- rotation '': every one of the unit
  from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, names TEXT NOT NULL, -- a line feed between; '': nobody
  author TEXT NOT NULL, made_ms INTEGER NOT NULL
);
CREATE TABLE roster_import (                                   -- at most one row: the roster instead of the file
  id INTEGER PRIMARY KEY CHECK (id = 1), author TEXT NOT NULL, made_ms INTEGER NOT NULL,
  body BLOB NOT NULL                                           -- under the transit key: it holds numbers
);

CREATE TABLE swap (                                            -- shifts that colleagues were asked to take, for some weeks
  id INTEGER PRIMARY KEY, asker TEXT NOT NULL, taker TEXT NOT NULL, unit TEXT NOT NULL, rotation TEXT NOT NULL,
  from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, asked_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,                            -- store/swap.h
  ended_ms INTEGER NOT NULL DEFAULT 0, wrong INTEGER NOT NULL DEFAULT 0, -- codes that came in the taker's name
  code BLOB NOT NULL                                           -- under the transit key
);
CREATE INDEX swap_open ON swap (expires_ms) WHERE state = 0;

CREATE TABLE contact (                                         -- somebody who texted
  id INTEGER PRIMARY KEY, alias BLOB NOT NULL UNIQUE, number BLOB NOT NULL,
  answerable INTEGER NOT NULL,                                 -- 0: alphanumeric or short sender, never answered
  script INTEGER NOT NULL DEFAULT 0, first_ms INTEGER NOT NULL,
  receipts INTEGER NOT NULL DEFAULT 0,                         -- reply cap: how many since the first of these two
  receipts_from_boot_ms INTEGER NOT NULL DEFAULT 0, receipt_boot_ms INTEGER NOT NULL DEFAULT 0,
  safety INTEGER NOT NULL DEFAULT 0,                            -- core/dialogue/contact_safety.h
  safe_boot_ms INTEGER NOT NULL DEFAULT 0,                      -- when they last told that it is safe; 0: not in this boot
  hours_from_min INTEGER NOT NULL DEFAULT 0, hours_to_min INTEGER NOT NULL DEFAULT 0, -- may be texted then; equal: always
  refused INTEGER NOT NULL DEFAULT 0,                           -- asked for silence and has not written since
  unanswered INTEGER NOT NULL DEFAULT 0,                        -- questions sent since the last text of theirs
  loop_hash BLOB, loop_count INTEGER NOT NULL DEFAULT 0,        -- the last text folded, and how often it came after answers
  answered INTEGER NOT NULL DEFAULT 0,                          -- something was sent since the last text of theirs
  codes INTEGER NOT NULL DEFAULT 0, codes_day INTEGER NOT NULL DEFAULT 0, -- codes of cases in their texts on that day
  advised_day INTEGER NOT NULL DEFAULT 0                        -- when they were last told whom to call in an emergency
);

CREATE TABLE cases (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, contact_id INTEGER NOT NULL REFERENCES contact(id),
  unit_id INTEGER NOT NULL REFERENCES unit(id), state INTEGER NOT NULL, -- core/case/case_state.h
  kind INTEGER NOT NULL, exploitation INTEGER NOT NULL, urgency INTEGER NOT NULL, child INTEGER NOT NULL,
  district TEXT NOT NULL DEFAULT '', khoroo INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,                         -- as urgency; -1: not in the queue (spam, abuse)
  owner TEXT NOT NULL DEFAULT '', messages INTEGER NOT NULL DEFAULT 0,
  partial INTEGER NOT NULL DEFAULT 0,                          -- texts of which parts are missing
  corroboration INTEGER NOT NULL DEFAULT 0,                    -- other senders whose cases are linked as the same matter
  opened_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  alerted_ms INTEGER, acknowledged_ms INTEGER, action_ms INTEGER, -- the first time each
  closed_ms INTEGER, reopened_ms INTEGER,                      -- the last time each; closed_ms NULL: open
  state_ms INTEGER NOT NULL DEFAULT 0, due_ms INTEGER NOT NULL DEFAULT 0, -- in this state since; what it waits for is due
  reason INTEGER NOT NULL DEFAULT 0,                           -- why it was closed (core/case/case_reason.h)
  merged_into INTEGER REFERENCES cases(id)                     -- closed, and its texts are there; never a chain of two
);
CREATE INDEX cases_by_contact ON cases (contact_id, id);
CREATE INDEX cases_queue ON cases (priority DESC, due_ms, id, unit_id) WHERE closed_ms IS NULL;
CREATE INDEX cases_opened ON cases (opened_ms) WHERE reason <> 10; -- 10: filed at once, nobody's work (store/case.h)
CREATE INDEX cases_closed ON cases (closed_ms) WHERE closed_ms IS NOT NULL AND reason <> 10;
CREATE INDEX cases_filed ON cases (closed_ms, id) WHERE reason = 10;
CREATE INDEX cases_filed_unit ON cases (unit_id, reason, closed_ms, id) WHERE reason = 10; -- mostly they are all of one unit: others do not look through them
CREATE INDEX cases_merged ON cases (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE case_link (                                       -- two cases that belong together; one row for each pair and kind
  case_id INTEGER NOT NULL REFERENCES cases(id), other_id INTEGER NOT NULL REFERENCES cases(id), -- case_id < other_id
  kind INTEGER NOT NULL, created_ms INTEGER NOT NULL,          -- core/case/case_link.h
  PRIMARY KEY (case_id, other_id, kind)
) WITHOUT ROWID;
CREATE INDEX case_link_other ON case_link (other_id);
CREATE TABLE case_feature (                                    -- keyed hashes of what a tip is about, for a time only
  hash BLOB NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id), contact_id INTEGER NOT NULL, kind INTEGER NOT NULL,
  exploitation INTEGER NOT NULL, time_ms INTEGER NOT NULL,
  sketch BLOB NOT NULL,                                        -- of the text's words: numbers that came out of a keyed hash
  PRIMARY KEY (hash, case_id)
) WITHOUT ROWID;
CREATE INDEX case_feature_time ON case_feature (time_ms);
CREATE INDEX case_feature_case ON case_feature (case_id);

CREATE TABLE outcome (                                         -- what came of a case; counted for the indicators
  case_id INTEGER NOT NULL REFERENCES cases(id), kind INTEGER NOT NULL, -- core/case/outcome.h
  person TEXT NOT NULL, time_ms INTEGER NOT NULL,
  second TEXT NOT NULL DEFAULT '', confirmed_ms INTEGER,       -- NULL: waits for a second person
  PRIMARY KEY (case_id, kind)
) WITHOUT ROWID;
CREATE TABLE referral (                                        -- agencies that were told of a case
  case_id INTEGER NOT NULL REFERENCES cases(id), agency TEXT NOT NULL, person TEXT NOT NULL, time_ms INTEGER NOT NULL,
  PRIMARY KEY (case_id, agency)
) WITHOUT ROWID;
CREATE TABLE tally (                                           -- numbers that outlive the cases they count; no text
  month TEXT NOT NULL, topic TEXT NOT NULL, key TEXT NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (month, topic, key)
) WITHOUT ROWID;

CREATE TABLE message (                                         -- a whole text, in or out, or an officer's note
  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases(id), contact_id INTEGER NOT NULL,
  direction INTEGER NOT NULL, modem TEXT NOT NULL, time_ms INTEGER NOT NULL,
  kind INTEGER NOT NULL, exploitation INTEGER NOT NULL, urgency INTEGER NOT NULL, child INTEGER NOT NULL,
  district TEXT NOT NULL, score INTEGER NOT NULL, damaged INTEGER NOT NULL,
  parts INTEGER NOT NULL, parts_missing INTEGER NOT NULL,
  author TEXT NOT NULL DEFAULT '',                             -- the person who wrote it, '' for what came in
  body BLOB NOT NULL, wrap BLOB NOT NULL, week TEXT NOT NULL   -- vault_text_seal of JSON {"text":...,"cues":[...],"sent_at":...}
);
CREATE INDEX message_by_case ON message (case_id);
CREATE INDEX message_by_week ON message (week);

CREATE TABLE question (                                        -- what officers asked; the words are messages
  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases(id), contact_id INTEGER NOT NULL REFERENCES contact(id),
  number INTEGER NOT NULL, state INTEGER NOT NULL, name TEXT NOT NULL, discreet INTEGER NOT NULL, -- core/dialogue/question.h
  asked_by TEXT NOT NULL, asked_ms INTEGER NOT NULL, sent_ms INTEGER, answered_ms INTEGER,
  outbox_id INTEGER, out_id INTEGER, in_id INTEGER,            -- its text on the way; the messages it is and that answer it
  body BLOB,                                                   -- a free text until it is sent, under the transit key
  UNIQUE (case_id, number)
);
CREATE INDEX question_pending ON question (contact_id, id) WHERE state IN (0, 1, 2);
CREATE INDEX question_outbox ON question (outbox_id) WHERE outbox_id IS NOT NULL;

CREATE TABLE inbound (                                         -- exactly one row for each PDU ever stored
  hash BLOB PRIMARY KEY, kind INTEGER NOT NULL, row INTEGER NOT NULL, time_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE inbound_hour (hour INTEGER PRIMARY KEY, texts INTEGER NOT NULL); -- how many came in each, for a month

CREATE TABLE part_set (                                        -- a long text whose parts are arriving
  id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL, modem TEXT NOT NULL, width INTEGER NOT NULL,
  ref INTEGER NOT NULL, total INTEGER NOT NULL, have INTEGER NOT NULL DEFAULT 0,
  case_id INTEGER,                                             -- set once a part alone was urgent, or shown as partial
  message_id INTEGER,                                          -- the partial message, once shown
  first_ms INTEGER NOT NULL, due_boot_ms INTEGER NOT NULL
);
CREATE INDEX part_set_key ON part_set (contact_id, ref, width, total);
CREATE INDEX part_set_due ON part_set (due_boot_ms);             -- to be shown as partial; once shown: to be forgotten
CREATE TABLE part (
  set_id INTEGER NOT NULL REFERENCES part_set(id), seq INTEGER NOT NULL,
  body BLOB NOT NULL, time_ms INTEGER NOT NULL, damaged INTEGER NOT NULL, -- under the transit key
  PRIMARY KEY (set_id, seq)
) WITHOUT ROWID;

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY, modem TEXT NOT NULL, time_ms INTEGER NOT NULL, reason TEXT NOT NULL, seen_ms INTEGER,
  body BLOB NOT NULL, wrap BLOB NOT NULL, week TEXT NOT NULL
);

CREATE INDEX quarantine_unseen ON quarantine (id) WHERE seen_ms IS NULL;

CREATE TABLE alert (
  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases(id), state INTEGER NOT NULL, -- core/alert/alert.h
  urgency INTEGER NOT NULL, step INTEGER NOT NULL, due_boot_ms INTEGER NOT NULL,
  raised_boot_ms INTEGER NOT NULL,                             -- for "minutes without answer"; brought over to another boot
  created_ms INTEGER NOT NULL, acknowledged_ms INTEGER, acknowledged_by TEXT NOT NULL DEFAULT '',
  policy TEXT NOT NULL DEFAULT '',                             -- of etc/alerts.conf; '': the built-in one
  exhausted INTEGER NOT NULL DEFAULT 0,                        -- went round, and nobody has answered yet
  idle INTEGER NOT NULL DEFAULT 0,                             -- how often whoever has it was reminded to act on it
  told INTEGER NOT NULL DEFAULT 0                              -- its texter knows that nobody answers
);
CREATE INDEX alert_open ON alert (due_boot_ms) WHERE acknowledged_ms IS NULL;
CREATE INDEX alert_emergency ON alert (raised_boot_ms) WHERE acknowledged_ms IS NULL AND urgency = 4;
CREATE INDEX alert_watched ON alert (due_boot_ms) WHERE state < 5; -- nobody has acted on it yet
CREATE INDEX alert_by_case ON alert (case_id);
CREATE INDEX alert_had ON alert (acknowledged_ms) WHERE acknowledged_ms IS NOT NULL;
CREATE TABLE drill (                                           -- whether an alert would be answered
  id INTEGER PRIMARY KEY, person TEXT NOT NULL, code TEXT NOT NULL, sent_ms INTEGER NOT NULL, answered_ms INTEGER,
  missed INTEGER NOT NULL DEFAULT 0                            -- told as unanswered
);
CREATE INDEX drill_waiting ON drill (sent_ms) WHERE answered_ms IS NULL;
CREATE TABLE alert_pace (                                      -- when each person of the roster may have the next text
  person TEXT PRIMARY KEY, next_boot_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE alert_held (                                      -- what they will be told then, counted
  person TEXT NOT NULL, alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  text INTEGER NOT NULL,                                       -- core/alert/policy.h
  told INTEGER NOT NULL DEFAULT 0,                             -- they were; kept until the alert ends, because it counts as rung
  PRIMARY KEY (person, alert_id)
) WITHOUT ROWID;
CREATE INDEX alert_held_waiting ON alert_held (person) WHERE told = 0;
CREATE INDEX alert_held_alert ON alert_held (alert_id);
CREATE TABLE alert_notice (                                    -- a referred case that a coordinator looks at if it waits long
  case_id INTEGER NOT NULL REFERENCES cases(id), rule TEXT NOT NULL, due_boot_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL,
  PRIMARY KEY (case_id, rule)
) WITHOUT ROWID;
CREATE INDEX alert_notice_due ON alert_notice (due_boot_ms);
CREATE TABLE alert_code (                                      -- by which a person answers an alert; transit key
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE, person TEXT NOT NULL, -- a name of the roster
  made_ms INTEGER NOT NULL, body BLOB NOT NULL,
  hash BLOB NOT NULL,                                          -- keyed, for finding it
  PRIMARY KEY (alert_id, person)
) WITHOUT ROWID;
CREATE INDEX alert_code_person ON alert_code (person, hash);
CREATE TABLE alert_try (                                       -- wrong codes that came in a person's name
  person TEXT PRIMARY KEY, wrong INTEGER NOT NULL, from_boot_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE campaign (                                        -- what outreach sends to people who agreed
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, -- core/campaign/campaign_state.h
  kind INTEGER NOT NULL,                                       -- core/campaign/campaign_def.h
  keyword TEXT NOT NULL DEFAULT '',                            -- folded; '': none
  made_by TEXT NOT NULL, made_ms INTEGER NOT NULL, approved_by TEXT NOT NULL DEFAULT '', approved_ms INTEGER,
  planned INTEGER NOT NULL DEFAULT 0,                          -- 0 not, 1 being planned, 2 every recipient has a row
  start_ms INTEGER NOT NULL DEFAULT 0,                         -- scheduled for; 0: when somebody says so
  started_ms INTEGER, finished_ms INTEGER, archived_ms INTEGER,
  expires_ms INTEGER NOT NULL DEFAULT 0,                       -- from then on it is too old to send; set when it starts
  answers_until_ms INTEGER NOT NULL DEFAULT 0,                 -- later ones are kept as late; set when it starts
  spent INTEGER NOT NULL DEFAULT 0, budget INTEGER NOT NULL DEFAULT 0, -- in units of the operators' currency; 0: no cap
  recent INTEGER NOT NULL DEFAULT 0, recent_count INTEGER NOT NULL DEFAULT 0, -- how the last texts ended: a bit each, 1 badly
  why TEXT NOT NULL DEFAULT ''                                 -- of its state, in words
);
CREATE TABLE campaign_definition (                             -- its file as it was given; apart, because it never changes while
  campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE, body TEXT NOT NULL -- the campaign's row often does
);
CREATE INDEX campaign_live ON campaign (state) WHERE state BETWEEN 2 AND 9; -- scheduled to paused
CREATE INDEX campaign_keyword ON campaign (keyword) WHERE keyword <> '';
CREATE TABLE campaign_recipient (                              -- one row for each person of each campaign: nobody twice
  campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE, subscriber_id INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,                            -- core/campaign/recipient_state.h
  operator TEXT NOT NULL DEFAULT '', district TEXT NOT NULL DEFAULT '', language INTEGER NOT NULL, parts INTEGER NOT NULL,
  outbox_id INTEGER,                                           -- its text, once it was queued
  step INTEGER NOT NULL DEFAULT 0,                             -- the question they are at: 0 none, 1 the first; answers set it
  right INTEGER NOT NULL DEFAULT 0,                            -- right answers so far
  queued_ms INTEGER, updated_ms INTEGER NOT NULL, why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (campaign_id, subscriber_id)
) WITHOUT ROWID;
CREATE INDEX campaign_recipient_waiting ON campaign_recipient (campaign_id, operator, subscriber_id) WHERE state = 0;
CREATE INDEX campaign_recipient_unknown ON campaign_recipient (campaign_id, subscriber_id) WHERE state = 5;
CREATE INDEX campaign_recipient_who ON campaign_recipient (subscriber_id, campaign_id DESC) WHERE state BETWEEN 2 AND 7; -- it may have reached them
CREATE TABLE campaign_count (                                  -- how many recipients and parts; kept with every change of a row
  campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE, district TEXT NOT NULL, operator TEXT NOT NULL,
  language INTEGER NOT NULL, state INTEGER NOT NULL, recipients INTEGER NOT NULL, parts INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, district, operator, language, state)
) WITHOUT ROWID;
CREATE TABLE campaign_day (                                    -- what became of recipients, by local day and district
  campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE, day TEXT NOT NULL, district TEXT NOT NULL,
  state INTEGER NOT NULL, recipients INTEGER NOT NULL, PRIMARY KEY (campaign_id, day, district, state)
) WITHOUT ROWID;
CREATE TABLE campaign_left_out (                               -- of the selection, and why; from the last planning
  campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE, reason TEXT NOT NULL, people INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, reason)
) WITHOUT ROWID;
CREATE TABLE campaign_answer (                                 -- the words are the case's or nobody's; here what they chose
  id INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE,
  subscriber_id INTEGER NOT NULL,                              -- 0: in the menu, below 0 (contact): by keyword, from who is none
  question INTEGER NOT NULL, option INTEGER NOT NULL,          -- from 1; option: store/campaign_answer.h
  right INTEGER NOT NULL DEFAULT 0, late INTEGER NOT NULL DEFAULT 0,
  counts INTEGER NOT NULL DEFAULT 1,                           -- the one of this person that is counted, by the policy
  district TEXT NOT NULL DEFAULT '', message_id INTEGER,       -- the text, where a case has it
  time_ms INTEGER NOT NULL, sorted_by TEXT NOT NULL DEFAULT '',
  words BLOB                                                   -- under the transit key: of what no program could read, and no report
);
CREATE TABLE campaign_result (                                 -- counted answers and what else came of it, by local day and district
  campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE, question INTEGER NOT NULL, option INTEGER NOT NULL,
  day TEXT NOT NULL, district TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (campaign_id, question, option, day, district)
) WITHOUT ROWID;
CREATE INDEX campaign_answer_by ON campaign_answer (campaign_id, subscriber_id, question);
CREATE INDEX campaign_answer_unread ON campaign_answer (campaign_id, id) WHERE option = 0;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, lane INTEGER NOT NULL,
  channel INTEGER NOT NULL DEFAULT 0,                          -- 0 a text, 1 mail, 2 webhook
  purpose INTEGER NOT NULL, state INTEGER NOT NULL, -- core/outbound/outbox.h
  case_id INTEGER, alert_id INTEGER, contact_id INTEGER, recipient TEXT NOT NULL DEFAULT '', -- a name of the roster
  campaign_id INTEGER, subscriber_id INTEGER,                  -- of a campaign's text and of an answer to its answers
  alias BLOB NOT NULL, number BLOB NOT NULL, body BLOB,        -- number: or another channel's address; transit key; body is erased once it is no longer needed
  discreet BLOB,                                               -- its discreet form, likewise; the gate chooses
  urgency INTEGER NOT NULL,                                    -- within its lane the higher goes first
  report INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, not_before_boot_ms INTEGER NOT NULL DEFAULT 0,
  modem TEXT NOT NULL DEFAULT '',                              -- preferred, then the one that has or had it
  operator TEXT NOT NULL DEFAULT '',                           -- the recipient's, by their number; '' not known
  place INTEGER NOT NULL DEFAULT 0,                            -- of an alert's: core/alert/policy.h
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL, code INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_waiting ON outbox (lane, channel, urgency, not_before_boot_ms, id) WHERE state = 0;
CREATE INDEX outbox_in_flight ON outbox (modem) WHERE state IN (1, 2);
CREATE INDEX outbox_by_case ON outbox (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX outbox_campaign ON outbox (alias) WHERE lane = 2 AND state = 0; -- what STOP takes back
CREATE INDEX outbox_by_campaign ON outbox (campaign_id) WHERE campaign_id IS NOT NULL AND state = 0;
CREATE INDEX outbox_by_alert ON outbox (alert_id) WHERE alert_id IS NOT NULL;
CREATE TABLE outbox_part (                                     -- a submitted part, waiting for its delivery report
  outbox_id INTEGER NOT NULL REFERENCES outbox(id), seq INTEGER NOT NULL, imsi TEXT NOT NULL, mr INTEGER NOT NULL,
  sent_ms INTEGER NOT NULL,                                    -- when the network took it, as far as our clock is right
  status INTEGER NOT NULL DEFAULT -1, PRIMARY KEY (outbox_id, seq)
) WITHOUT ROWID;
CREATE INDEX outbox_part_report ON outbox_part (imsi, mr);
CREATE TABLE sim_hour (                                        -- how many parts of texts a SIM has sent, for its caps
  imsi TEXT NOT NULL, hour INTEGER NOT NULL,                    -- hours since 1970 UTC
  parts INTEGER NOT NULL, PRIMARY KEY (imsi, hour)
) WITHOUT ROWID;

CREATE TABLE call (                                            -- somebody rang and gave up
  id INTEGER PRIMARY KEY, contact_id INTEGER,                  -- NULL: the number is withheld. No reference: a contact that is
  modem TEXT NOT NULL,                                         -- erased leaves the count of its calls
  time_ms INTEGER NOT NULL, answered INTEGER NOT NULL, answered_boot_ms INTEGER NOT NULL DEFAULT 0 -- by a text
);
CREATE INDEX call_answered ON call (contact_id, answered_boot_ms) WHERE answered_boot_ms > 0;
CREATE INDEX call_answered_when ON call (answered_boot_ms) WHERE answered_boot_ms > 0;

CREATE TABLE ussd_menu (                                       -- menus that sessions began with, as their files said
  version TEXT PRIMARY KEY, source TEXT NOT NULL, loaded_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE ussd_session (                                    -- somebody walks through the menu; kept for a day
  id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE,           -- keyed hash of the transport and the operator's name for it
  transport TEXT NOT NULL, contact_id INTEGER NOT NULL REFERENCES contact(id),
  menu TEXT NOT NULL REFERENCES ussd_menu(version),
  state INTEGER NOT NULL, step INTEGER NOT NULL,              -- core/ussd/session.h
  answers INTEGER NOT NULL DEFAULT 0,                          -- how many were given
  case_id INTEGER REFERENCES cases(id), message_id INTEGER,    -- the report that it has become
  body BLOB NOT NULL,                                          -- place, answers and last screen, under the transit key
  started_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  over_boot_ms INTEGER NOT NULL, due_boot_ms INTEGER NOT NULL  -- it ends by then whatever is answered; it is dropped then
);
CREATE INDEX ussd_session_due ON ussd_session (due_boot_ms) WHERE state = 0;
CREATE INDEX ussd_session_contact ON ussd_session (contact_id, updated_ms);
CREATE INDEX ussd_session_old ON ussd_session (updated_ms) WHERE state != 0;
CREATE INDEX ussd_session_case ON ussd_session (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE balance (                                         -- the credit of a SIM, as its operator last told
  imsi TEXT PRIMARY KEY, amount INTEGER NOT NULL, told_ms INTEGER NOT NULL, -- in whole units of the operator's currency
  low INTEGER NOT NULL DEFAULT 0                               -- warned of, and not topped up since
) WITHOUT ROWID;

CREATE TABLE refused_pin (                                     -- by the SIM of this modem: not given again
  modem TEXT PRIMARY KEY, hash BLOB NOT NULL                    -- keyed
) WITHOUT ROWID;

CREATE TABLE audit (                                           -- a hash chain: hash covers the row and the one before
  id INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,
  detail TEXT NOT NULL, hash BLOB NOT NULL
);
CREATE TABLE release (                                         -- a request to open the number of a case: two people, once
  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases(id), state INTEGER NOT NULL, -- store/release.h
  requester TEXT NOT NULL, decider TEXT NOT NULL, reason TEXT NOT NULL, asked_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL
);
CREATE INDEX release_by_case ON release (case_id);
CREATE TABLE text_view (                                       -- which texts each person opened within a day
  person TEXT NOT NULL, text INTEGER NOT NULL,                 -- a message's id; below zero: of the quarantine. No reference: erasing stays cheap
  hour INTEGER NOT NULL, own INTEGER NOT NULL,                 -- since 1970; of a case that was theirs
  PRIMARY KEY (person, text)
) WITHOUT ROWID;
CREATE TABLE text_view_told (                                  -- whose reading was told to others, and when
  person TEXT PRIMARY KEY, hour INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE hold (                                            -- legal hold: the case is not erased
  case_id INTEGER PRIMARY KEY REFERENCES cases(id), person TEXT NOT NULL, time_ms INTEGER NOT NULL
);
CREATE TABLE optout (                                          -- who said STOP; no number, and it outlives the contact
  alias BLOB PRIMARY KEY, message_id INTEGER NOT NULL, time_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE wish (                                            -- how not to text somebody whose contact was erased; no number
  alias BLOB PRIMARY KEY, safety INTEGER NOT NULL, hours_from_min INTEGER NOT NULL, hours_to_min INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE erased_week (                                     -- weeks of which something was erased: their keys go soon
  name TEXT PRIMARY KEY, time_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE subscriber (                                      -- somebody who agreed to campaigns; apart from contact on purpose
  id INTEGER PRIMARY KEY, alias BLOB NOT NULL UNIQUE,          -- the alias that contact and optout have
  number BLOB NOT NULL,                                        -- under the number key; empty once they said STOP
  state INTEGER NOT NULL DEFAULT 0,                            -- store/subscriber.h
  language INTEGER NOT NULL DEFAULT 0, script INTEGER NOT NULL DEFAULT 0, -- likewise
  district TEXT NOT NULL DEFAULT '',                           -- a key of the rules' districts; '' not known
  source TEXT NOT NULL, consent_ms INTEGER NOT NULL,           -- how and when they agreed
  import_id INTEGER,                                           -- the import that brought or last changed it; NULL: by text
  joined_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL
);
CREATE TABLE subscriber_group (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, made_ms INTEGER NOT NULL
);
CREATE TABLE subscriber_member (
  subscriber_id INTEGER NOT NULL REFERENCES subscriber(id) ON DELETE CASCADE,
  group_id INTEGER NOT NULL REFERENCES subscriber_group(id) ON DELETE CASCADE,
  PRIMARY KEY (subscriber_id, group_id)
) WITHOUT ROWID;
CREATE INDEX subscriber_member_group ON subscriber_member (group_id, subscriber_id);
CREATE TABLE subscriber_import (                               -- a file, taken whole or not at all
  id INTEGER PRIMARY KEY, state INTEGER NOT NULL,              -- store/subscriber_import.h
  person TEXT NOT NULL, source TEXT NOT NULL, consent_ms INTEGER NOT NULL, begun_ms INTEGER NOT NULL,
  staged INTEGER NOT NULL DEFAULT 0, applied INTEGER NOT NULL DEFAULT 0, -- rows
  added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, doubled INTEGER NOT NULL DEFAULT 0,
  stopped INTEGER NOT NULL DEFAULT 0                           -- said STOP before: not taken
);
CREATE TABLE subscriber_staged (                               -- its rows, until it is applied or dropped
  id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL, alias BLOB NOT NULL, number BLOB NOT NULL,
  language INTEGER NOT NULL, script INTEGER NOT NULL, district TEXT NOT NULL, groups TEXT NOT NULL, -- ids of groups, ',' between
  source TEXT NOT NULL, consent_ms INTEGER NOT NULL
);
CREATE TABLE answered (                                        -- requests that came with a token, and what they were told; for an hour
  token BLOB PRIMARY KEY, request BLOB NOT NULL,               -- keyed hashes: of who asked and the token, of what was asked
  made_ms INTEGER NOT NULL, body BLOB NOT NULL                 -- the answer, under the transit key
) WITHOUT ROWID;
CREATE INDEX answered_made ON answered (made_ms);
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
