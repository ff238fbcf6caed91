-- How complete a study is taken to be, who said that it is, and what was decided about it.
-- The state of V10 stays the technical one: COMPLETE there says that a revision was closed.

alter table study
    add column completeness        text        not null default 'UNKNOWN'
                                               check (completeness in ('UNKNOWN', 'PARTIAL', 'COMPLETE')),
    -- In words, for people; holds no patient data.
    add column completeness_reason text        not null default 'still arriving',
    -- When the first instance of the revision that is being received, or was received last, came.
    add column revision_started_at timestamptz,
    -- Somebody said that no more will come (PS3.4 F: MPPS, PS3.4 R: Instance Availability).
    add column announced           boolean     not null default false;

update study set revision_started_at = first_instance_at;
update study set completeness = 'COMPLETE', completeness_reason = 'quiet for the set time'
    where state = 'COMPLETE';
alter table study alter column revision_started_at set not null;

-- What was said about a study. It may come before the first instance does, so there need be no study.
create table study_announcement (
    study_instance_uid text        not null check (length(study_instance_uid) between 1 and 64),
    -- Which one: the SOP Instance UID of the performed procedure step, or the digest of what a
    -- notification names.
    announcement_key   text        not null check (length(announcement_key) between 1 and 64),
    kind               text        not null check (kind in ('AVAILABLE', 'STEP_COMPLETED', 'STEP_DISCONTINUED')),
    calling_ae_title   text        not null,
    -- The instances that it names.
    sop_instance_uids  text[]      not null,
    received_at        timestamptz not null,
    primary key (study_instance_uid, announcement_key)
);

-- The rules of triage. A change makes a new version with all rules; none is ever rewritten.
create table triage_rules (
    version    integer     primary key check (version > 0),
    changed_by text        not null,
    changed_at timestamptz not null,
    -- Why, in the words of who changed them.
    comment    text        not null
);

create table triage_rule (
    version         integer not null references triage_rules,
    ordinal         integer not null check (ordinal >= 0),
    name            text    not null check (length(name) between 1 and 80),
    when_expression text    not null check (length(when_expression) between 1 and 2000),
    priority        text    check (priority in ('URGENT', 'NORMAL', 'OFF_PEAK')),
    draft           boolean,
    reason          text    check (length(reason) between 1 and 200),
    catalogue       text    check (length(catalogue) between 1 and 64),
    primary key (version, ordinal),
    unique (version, name),
    check (draft is distinct from false or reason is not null)
);
revoke update, delete, truncate on triage_rules, triage_rule from overread_service;

-- What the rules decided about one revision of a study.
create table triage_decision (
    study_instance_uid text        not null references study,
    study_revision     integer     not null check (study_revision > 0),
    -- 0: the rules that ship with the gateway.
    rules_version      integer     not null check (rules_version >= 0),
    priority           text        not null check (priority in ('URGENT', 'NORMAL', 'OFF_PEAK')),
    draft              boolean     not null,
    -- Why not, where it is not drafted.
    reason             text,
    catalogue          text,
    decided_at         timestamptz not null,
    primary key (study_instance_uid, study_revision),
    check (draft or reason is not null)
);

-- Series that a rule keeps from the model.
create table triage_excluded_series (
    study_instance_uid  text    not null,
    study_revision      integer not null,
    series_instance_uid text    not null,
    rule                text    not null,
    reason              text    not null,
    primary key (study_instance_uid, study_revision, series_instance_uid),
    foreign key (study_instance_uid, study_revision) references triage_decision
);

-- What the model was given of a revision and what not, with the reasons; one row a frame that it
-- read, and one for all images of a series that were left out for the same reason.
create table frame_selection (
    study_instance_uid  text    not null references study,
    study_revision      integer not null check (study_revision > 0),
    ordinal             integer not null check (ordinal >= 0),
    series_instance_uid text    not null,
    -- Null: left out.
    sop_instance_uid    text,
    frame_number        integer check (frame_number > 0),
    window_name         text,
    images              integer not null check (images > 0),
    reason              text    not null,
    primary key (study_instance_uid, study_revision, ordinal),
    check ((sop_instance_uid is null) = (frame_number is null))
);
