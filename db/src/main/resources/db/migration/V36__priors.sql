-- Priors: earlier studies of the same patient, fetched from archives that are configured.
-- Written by dicom-gateway only; every other module may read them.

-- Whose priors are, or were, looked for; one row for each study, whatever its revisions.
create table prior_search (
    study_instance_uid text        primary key references study,
    state              text        not null check (state in ('DUE', 'DONE', 'GIVEN_UP')),
    requested_at       timestamptz not null,
    settled_at         timestamptz,
    -- Why it was given up.
    detail             text,
    check ((state = 'DUE') = (settled_at is null))
);

-- What is fetched for them. A study here is a prior as long as all of it came from that AE: it is
-- not drafted, and its own priors are not looked for. The row is there before its first instance.
create table prior_study (
    prior_study_instance_uid text        primary key check (length(prior_study_instance_uid) between 1 and 64),
    study_instance_uid       text        not null references study,
    -- The archive's name in overread.priors.archives, and under which AE title its instances come.
    archive                  text        not null,
    calling_ae_title         text        not null,
    state                    text        not null check (state in ('FOUND', 'FETCHED', 'FAILED')),
    found_at                 timestamptz not null,
    settled_at               timestamptz
);
create index prior_study_of on prior_study (study_instance_uid);

revoke delete, truncate on prior_search, prior_study from overread_service;
