-- What is sent back of a report (PS3.4 B, PS3.18 10.5), to whom, and what became of it.
-- Written by dicom-gateway only. Reports belong to reporting: their ids are plain values here.

-- A version of a report as it was when it became due; its objects are made from it.
create table delivery_report (
    report_id          uuid        not null,
    report_version     integer     not null check (report_version > 0),
    study_instance_uid text        not null references study,
    event              text        not null check (event in ('DRAFT', 'SIGNATURE', 'AMENDMENT')),
    -- JSON of io.overread.gateway.result.ReportToDeliver.
    content            text        not null,
    created_at         timestamptz not null,
    primary key (report_id, report_version)
);
create index delivery_report_study on delivery_report (study_instance_uid);

-- An object: its UIDs are set when it becomes due, its bytes are made once, before it is first sent.
create table delivery_object (
    sop_instance_uid    text    primary key check (length(sop_instance_uid) between 1 and 64),
    series_instance_uid text    not null check (length(series_instance_uid) between 1 and 64),
    report_id           uuid    not null,
    report_version      integer not null,
    kind                text    not null check (kind in ('SR', 'PDF', 'SC')),
    -- The signed object that this one takes the place of.
    predecessor         text    references delivery_object,
    -- SHA-256 of the file, hex, from which its path is made.
    digest              text    check (digest ~ '^[0-9a-f]{64}$'),
    size_bytes          bigint  check (size_bytes >= 0),
    unique (report_id, report_version, kind),
    foreign key (report_id, report_version) references delivery_report,
    check ((digest is null) = (size_bytes is null))
);
create index delivery_object_series on delivery_object (series_instance_uid);

create table delivery (
    id               uuid        primary key,
    sop_instance_uid text        not null references delivery_object,
    -- The name under overread.delivery.destinations.
    destination      text        not null,
    state            text        not null check
                         (state in ('QUEUED', 'SENT', 'COMMITTED', 'REFUSED', 'GIVEN_UP')),
    -- How often it was tried in this state since it was last queued by an event or a person.
    tries            integer     not null default 0 check (tries >= 0),
    -- What the peer last said: a DIMSE status of four hexadecimal digits, or an HTTP status.
    status           text,
    reason           text,
    -- When there is something to do; null: there is nothing.
    next_step_at     timestamptz,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    unique (sop_instance_uid, destination),
    check (state not in ('COMMITTED', 'REFUSED', 'GIVEN_UP') or next_step_at is null)
);

-- Objects of ours that came back: stored as any others, never read by the model.
alter table instance add column own_result boolean not null default false;

-- Where the model saw a finding that it calls present: a box on the image in columns and rows from
-- its upper left corner (PS3.3 C.18.6). Written by the service, once, before the draft.
create table finding_region (
    finding_id   uuid             primary key,
    left_column  double precision not null check (left_column >= 0),
    top_row      double precision not null check (top_row >= 0),
    right_column double precision not null,
    bottom_row   double precision not null,
    check (right_column > left_column and bottom_row > top_row)
);
revoke update, delete, truncate on finding_region from overread_service;
