-- The gateway's tables: what peers sent (PS3.4 B) and how far each study has come.
-- Written by dicom-gateway only; every other module may read them.
-- UIDs are text (PS3.5 9.1: at most 64 characters), statuses are text with a check,
-- DICOM dates and times keep the form in which they came (PS3.5 6.2: DA, TM).

create table study (
    study_instance_uid       text        primary key check (length(study_instance_uid) between 1 and 64),
    state                    text        not null check (state in ('RECEIVING', 'COMPLETE')),
    -- 0 while the study is first received; one more at each completion.
    revision                 integer     not null default 0 check (revision >= 0),
    patient_id               text,
    issuer_of_patient_id     text,
    patient_name             text,
    patient_birth_date       text,
    patient_sex              text,
    -- An instance of this study named another patient; the first one is kept, a person has to look.
    patient_conflict         boolean     not null default false,
    accession_number         text,
    study_id                 text,
    study_date               text,
    study_time               text,
    study_description        text,
    referring_physician_name text,
    first_instance_at        timestamptz not null,
    last_instance_at         timestamptz not null,
    completed_at             timestamptz,
    check (last_instance_at >= first_instance_at),
    check ((state = 'COMPLETE') = (completed_at is not null)),
    check (state <> 'COMPLETE' or revision > 0)
);
create index study_worklist on study (last_instance_at desc, study_instance_uid desc);
create index study_patient on study (patient_id);
create index study_accession on study (accession_number);

create table series (
    study_instance_uid      text    not null references study,
    series_instance_uid     text    not null check (length(series_instance_uid) between 1 and 64),
    modality                text,
    body_part_examined      text,
    laterality              text,
    view_position           text,
    series_number           integer,
    series_description      text,
    manufacturer            text,
    manufacturer_model_name text,
    primary key (study_instance_uid, series_instance_uid)
);

create table instance (
    sop_instance_uid    text        primary key check (length(sop_instance_uid) between 1 and 64),
    study_instance_uid  text        not null,
    series_instance_uid text        not null,
    sop_class_uid       text        not null,
    transfer_syntax_uid text        not null,
    instance_number     integer,
    number_of_frames    integer     not null default 1 check (number_of_frames >= 0),
    rows                integer,
    columns             integer,
    -- SHA-256, hex: of the data set's bytes as received, and of the whole file that holds them.
    data_set_digest     text        not null check (data_set_digest ~ '^[0-9a-f]{64}$'),
    file_digest         text        not null check (file_digest ~ '^[0-9a-f]{64}$'),
    size_bytes          bigint      not null check (size_bytes >= 0),
    -- Relative to the data folder and made from the file's digest, never from what a peer sent.
    stored_path         text        not null unique
                                    check (stored_path ~ '^store/[0-9a-f]{2}/[0-9a-f]{64}\.dcm$'),
    -- The first revision of the study that holds this instance; null until that revision is complete.
    study_revision      integer     check (study_revision > 0),
    calling_ae_title    text        not null,
    received_at         timestamptz not null,
    foreign key (study_instance_uid, series_instance_uid) references series
);
create index instance_of_series on instance (study_instance_uid, series_instance_uid);

create table quarantine (
    id                       uuid        primary key,
    received_at              timestamptz not null,
    calling_ae_title         text        not null,
    remote_address           text        not null,
    reason                   text        not null,
    detail                   text        not null,
    -- What the C-STORE request claimed (PS3.7 9.1.1.1), made printable; may be nothing like a UID.
    claimed_sop_instance_uid text,
    claimed_sop_class_uid    text,
    transfer_syntax_uid      text,
    size_bytes               bigint      not null check (size_bytes >= 0),
    stored_path              text        not null
                                         check (stored_path ~ '^quarantine/[0-9a-f]{2}/[0-9a-f]{64}\.dcm$'),
    digest                   text        not null check (digest ~ '^[0-9a-f]{64}$')
);
create index quarantine_received on quarantine (received_at desc);
