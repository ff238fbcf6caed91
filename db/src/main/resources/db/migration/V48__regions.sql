-- How a finding's region was found: on the model's own map, from a box that it wrote, or by covering
-- parts of the image. Null: before this was kept.
alter table finding_region add column method text check (method in ('MAP', 'BOX', 'OCCLUSION'));

-- Boxes that the model wrote into an answer, on the image that it was asked about, in columns and
-- rows from its upper left corner (PS3.3 C.18.6). Written once, before the answer.
create table answer_region (
    question_id      uuid             not null references question,
    ordinal          integer          not null check (ordinal >= 0),
    -- What the model calls it; may be empty.
    label            text             not null,
    sop_instance_uid text             not null,
    frame_number     integer          not null check (frame_number >= 1),
    left_column      double precision not null check (left_column >= 0),
    top_row          double precision not null check (top_row >= 0),
    right_column     double precision not null,
    bottom_row       double precision not null,
    primary key (question_id, ordinal),
    check (right_column > left_column and bottom_row > top_row)
);
create trigger answer_region_kept before update or delete on answer_region
    for each row execute function refuse_change();
revoke update, delete, truncate on answer_region from overread_service;
