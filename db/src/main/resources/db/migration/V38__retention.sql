-- Retention: image files are deleted by policy, the rows of what they were stay.
-- Written by dicom-gateway only; every other module may read them.

alter table instance
    -- Since when its file may be gone: set before the file is deleted, cleared when it is sent again.
    add column images_deleted_at timestamptz,
    -- Marked as deleted, and its file is not known to be gone yet; a crash in between leaves it so.
    add column file_left         boolean     not null default false,
    add check (not file_left or images_deleted_at is not null);
create index instance_file_left on instance (images_deleted_at) where file_left;

alter table study
    add column images_deleted_at  timestamptz,
    -- Images that were deleted came again; their time to stay counts from here.
    add column images_restored_at timestamptz;

-- Studies whose images no policy may delete.
create table retention_hold (
    study_instance_uid text        primary key references study,
    reason             text        not null check (length(reason) between 1 and 500),
    held_by            text        not null,
    held_at            timestamptz not null
);
