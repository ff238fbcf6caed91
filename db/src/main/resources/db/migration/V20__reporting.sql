-- The tables of reporting: what the model found, what it drafted, what people decided and asked.
-- Written by reporting only; every other module may read them.
--
-- What a person signs must survive mistakes in our own code. So three things are kept by the
-- database and not by Java: a report becomes final or amended only with a review row that says who
-- signed which text for that very version; nothing that was written is rewritten or deleted; and
-- every version of a report is copied to report_version by a trigger, where the service's user
-- can't write at all.

-- FHIR logical ids (R4 2.24.0.1: at most 64 of [A-Za-z0-9-.]). UIDs and patient ids come from
-- peers, may break that rule and may be personal, so the id is their SHA-256 in hex: 64 characters.
-- convert_to is only STABLE because of the encoding's name; with a constant one it never changes.
create function fhir_id(key text) returns text
    language sql immutable strict parallel safe
    return encode(sha256(convert_to(key, 'UTF8')), 'hex');

-- A patient is an id within its issuer. Without an id nothing says that two studies show the same
-- person, so each such study has a patient of its own. The length keeps (a, bc) and (ab, c) apart.
create function fhir_patient_id(issuer text, patient_id text, study_instance_uid text) returns text
    language sql immutable parallel safe
    return case
        when coalesce(patient_id, '') = '' then fhir_id('study:' || study_instance_uid)
        else fhir_id('patient:' || length(coalesce(issuer, '')) || ':' || coalesce(issuer, '') || patient_id)
    end;

-- A DICOM date (PS3.5 6.2: DA) as the start of its day. Dates carry no time zone, so UTC stands in
-- on both sides of a search. What is no date is null; nothing a peer sends makes this fail.
create function dicom_date(da text) returns timestamptz
    language sql immutable strict parallel safe
    return case
        when da ~ '^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$' and da !~ '^0000'
        then (timestamp '0001-01-01' + make_interval(
            years => left(da, 4)::int - 1,
            months => substr(da, 5, 2)::int - 1,
            days => right(da, 2)::int - 1)) at time zone 'UTC'
    end;

create index study_fhir_id on study (fhir_id(study_instance_uid));
create index study_fhir_patient on study
    (fhir_patient_id(issuer_of_patient_id, patient_id, study_instance_uid));

create table analysis (
    id                 uuid        primary key,
    study_instance_uid text        not null references study,
    study_revision     integer     not null check (study_revision > 0),
    state              text        not null check (state in ('PENDING', 'RUNNING', 'DONE', 'FAILED')),
    step               text,
    progress           real        not null default 0 check (progress between 0 and 1),
    -- How often it was begun: more than once after a crash or a retry.
    attempts           integer     not null default 0 check (attempts >= 0),
    model_name         text,
    model_version      text,
    model_digest       text,
    catalogue_id       text,
    -- What the report is about, JSON {system, code, display}.
    report_code        text,
    seed               bigint,
    -- JSON array of the data set digests that the model was given, in order.
    input_digests      text,
    prompt             text,
    created_at         timestamptz not null,
    started_at         timestamptz,
    finished_at        timestamptz,
    failure            text,
    unique (study_instance_uid, study_revision),
    check (state not in ('RUNNING', 'DONE')
        or (started_at, model_name, model_version, model_digest, catalogue_id, report_code, seed,
            input_digests, prompt) is not null),
    check ((state in ('DONE', 'FAILED')) = (finished_at is not null)),
    check ((state = 'FAILED') = (failure is not null))
);

create table finding (
    id               uuid             primary key,
    analysis_id      uuid             not null references analysis,
    ordinal          integer          not null check (ordinal >= 0),
    finding_id       text             not null,
    name             text             not null,
    question         text             not null,
    probability      double precision not null check (probability between 0 and 1),
    -- Null: undetermined.
    present          boolean,
    sentence         text             not null,
    -- JSON array of {system, code, display}.
    codes            text             not null,
    -- JSON array of {system, code, display}.
    body_site        text,
    sop_instance_uid text             not null,
    frame_number     integer          not null check (frame_number > 0),
    unique (analysis_id, ordinal)
);

create table report (
    id                 uuid        primary key,
    study_instance_uid text        not null references study,
    study_revision     integer     not null check (study_revision > 0),
    analysis_id        uuid        not null references analysis,
    -- FHIR R4 diagnostic-report-status.
    status             text        not null check
                           (status in ('preliminary', 'final', 'amended', 'cancelled', 'entered-in-error')),
    review_state       text        not null check (review_state in
                           ('DRAFTED', 'ACCEPTED', 'EDITED', 'REJECTED', 'SIGNED', 'AMENDING', 'SUPERSEDED')),
    version            integer     not null check (version > 0),
    draft_text         text        not null,
    text               text        not null,
    signed_text        text,
    replaces           uuid        references report,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    -- Who made this version: user:NAME or service.
    updated_by         text        not null,
    signed_by          text,
    signed_by_name     text,
    signed_at          timestamptz,
    signature_meaning  text,
    unique (study_instance_uid, study_revision),
    check ((status in ('final', 'amended')) = (signed_text is not null)),
    -- 21 CFR 11.50: a signature shows name, time and meaning.
    check (case when signed_text is null
        then (signed_by, signed_by_name, signed_at, signature_meaning) is null
        else (signed_by, signed_by_name, signed_at, signature_meaning) is not null end),
    check (review_state <> 'SIGNED' or text = signed_text),
    check (review_state not in ('SIGNED', 'AMENDING') or status in ('final', 'amended')),
    check (review_state not in ('REJECTED', 'SUPERSEDED') or status = 'cancelled'),
    check (review_state not in ('DRAFTED', 'ACCEPTED', 'EDITED') or status = 'preliminary')
);
create index report_updated on report (updated_at desc, id);
create index report_analysis on report (analysis_id);
create index report_fhir_id on report ((id::text));
create index finding_fhir_id on finding ((id::text));

create table report_version (
    report_id    uuid        not null references report,
    version      integer     not null,
    status       text        not null,
    review_state text        not null,
    text         text        not null,
    author       text        not null,
    recorded_at  timestamptz not null,
    -- JSON {report, study}: both rows as they were, from which the FHIR resource is rendered again.
    resource     text        not null,
    primary key (report_id, version)
);

create table review (
    id             uuid        primary key,
    report_id      uuid        not null,
    -- The version that this decision made.
    report_version integer     not null,
    decision       text        not null check
                       (decision in ('accepted', 'edited', 'rejected', 'signed', 'amended')),
    -- The report's text after the decision.
    text           text        not null,
    reason         text,
    reviewer       text        not null,
    reviewer_name  text        not null,
    meaning        text,
    decided_at     timestamptz not null,
    unique (report_id, report_version),
    -- Deferred: the decision is written first, and the guard below asks for it.
    foreign key (report_id, report_version) references report_version deferrable initially deferred,
    check ((decision = 'signed') = (meaning is not null)),
    check (decision not in ('rejected', 'amended') or reason is not null)
);

create table question (
    id                   uuid        primary key,
    study_instance_uid   text        not null references study,
    asked_by             text        not null,
    asked_at             timestamptz not null,
    question             text        not null,
    answer               text,
    answered_at          timestamptz,
    mean_log_probability double precision,
    refused              boolean     not null default false,
    finish_reason        text,
    model_digest         text        not null,
    check ((answer is null) or (answered_at is not null))
);
create index question_of_study on question (study_instance_uid, asked_at);

create function report_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'preliminary' or new.review_state <> 'DRAFTED' or new.version <> 1
            or new.text <> new.draft_text then
            raise exception 'report %: a report begins as a draft', new.id using errcode = '23514';
        end if;
        return new;
    end if;
    if (new.id, new.study_instance_uid, new.study_revision, new.analysis_id, new.draft_text,
            new.replaces, new.created_at)
        is distinct from (old.id, old.study_instance_uid, old.study_revision, old.analysis_id,
            old.draft_text, old.replaces, old.created_at) then
        raise exception 'report %: its draft and origin never change', old.id using errcode = '23514';
    end if;
    if new.version <> old.version + 1 then
        raise exception 'report %: every change is a new version', old.id using errcode = '23514';
    end if;
    if old.status in ('final', 'amended') and new.status not in (old.status, 'amended') then
        raise exception 'report %: what was signed stays signed', old.id using errcode = '23514';
    end if;
    if (new.signed_text, new.signed_by, new.signed_by_name, new.signed_at, new.signature_meaning)
            is distinct from
            (old.signed_text, old.signed_by, old.signed_by_name, old.signed_at, old.signature_meaning)
        or (new.status in ('final', 'amended') and new.status <> old.status) then
        perform from review
            where report_id = new.id and report_version = new.version and decision = 'signed'
                and text = new.signed_text and reviewer = new.signed_by
                and reviewer_name = new.signed_by_name and meaning = new.signature_meaning
                and decided_at = new.signed_at;
        if not found or new.review_state <> 'SIGNED' then
            raise exception 'report %: only a signed review makes it %', old.id, new.status
                using errcode = '23514';
        end if;
    end if;
    return new;
end $$;
create trigger report_guard before insert or update on report
    for each row execute function report_guard();

-- Runs as the owner, so that the service's user needs no right to write versions itself.
create function report_keep_version() returns trigger language plpgsql security definer
    set search_path from current as $$
begin
    insert into report_version (report_id, version, status, review_state, text, author, recorded_at, resource)
    select new.id, new.version, new.status, new.review_state, new.text, new.updated_by, new.updated_at,
           jsonb_build_object('report', to_jsonb(new), 'study', to_jsonb(s))::text
    from study s where s.study_instance_uid = new.study_instance_uid;
    return null;
end $$;
create trigger report_keep_version after insert or update on report
    for each row execute function report_keep_version();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%: % is not allowed, what is written is kept', tg_table_name, tg_op
        using errcode = '23514';
end $$;
create trigger report_kept before delete on report for each row execute function refuse_change();
create trigger finding_kept before update or delete on finding for each row execute function refuse_change();
create trigger review_kept before update or delete on review for each row execute function refuse_change();
create trigger report_version_kept before update or delete on report_version
    for each row execute function refuse_change();
create trigger question_kept before delete on question for each row execute function refuse_change();
-- An answer is given once.
create trigger answer_kept before update on question for each row
    when (old.answered_at is not null) execute function refuse_change();

revoke delete, truncate on analysis, finding, report, review, question from overread_service;
revoke update on finding, review from overread_service;
revoke insert, update, delete, truncate on report_version from overread_service;
