-- Storage Commitment (PS3.4 J), both ways, and Modality Performed Procedure Steps (PS3.4 F.7).
-- Written by dicom-gateway only; every other module may read them.

-- What peers ask us to commit to. A request that is due has a task that reports on it.
create table commitment_request (
    id                uuid        primary key,
    transaction_uid   text        not null check (length(transaction_uid) between 1 and 64),
    calling_ae_title  text        not null,
    -- Element for element: SOP Class and SOP Instance of each reference.
    sop_class_uids    text[]      not null,
    sop_instance_uids text[]      not null,
    state             text        not null check (state in ('DUE', 'REPORTED', 'GIVEN_UP')),
    requested_at      timestamptz not null,
    settled_at        timestamptz,
    committed         integer,
    failed            integer,
    unique (calling_ae_title, transaction_uid),
    check (cardinality(sop_class_uids) = cardinality(sop_instance_uids)),
    check ((state = 'DUE') = (settled_at is null))
);

-- What we ask peers to commit to.
create table commitment_order (
    transaction_uid            text        primary key check (length(transaction_uid) between 1 and 64),
    -- The peer's name in overread.peers, and its AE title when it was asked.
    peer                       text        not null,
    peer_ae_title              text        not null,
    sop_class_uids             text[]      not null,
    sop_instance_uids          text[]      not null,
    state                      text        not null check (state in ('DUE', 'ASKED', 'ANSWERED', 'GIVEN_UP')),
    ordered_at                 timestamptz not null,
    asked_at                   timestamptz,
    settled_at                 timestamptz,
    committed_sop_instance_uids text[]     not null default '{}',
    -- Why it was given up.
    detail                     text,
    check (cardinality(sop_class_uids) = cardinality(sop_instance_uids)),
    check ((state in ('ANSWERED', 'GIVEN_UP')) = (settled_at is not null))
);

-- Steps that modalities told us of; a step ends once (PS3.4 F.7.2.2).
create table performed_step (
    sop_instance_uid    text        primary key check (length(sop_instance_uid) between 1 and 64),
    calling_ae_title    text        not null,
    study_instance_uids text[]      not null,
    status              text        not null check (status in ('IN PROGRESS', 'COMPLETED', 'DISCONTINUED')),
    created_at          timestamptz not null,
    ended_at            timestamptz,
    check ((status = 'IN PROGRESS') = (ended_at is null))
);

revoke delete, truncate on commitment_request, commitment_order, performed_step from overread_service;
