-- A contrastive model that scores findings beside the model that drafts.

-- Which one, and how much its calibrated probabilities weigh: 0, they are only shown.
alter table analysis
    add column contrastive_name    text,
    add column contrastive_version text,
    add column contrastive_digest  text,
    add column contrastive_weight  double precision check (contrastive_weight between 0 and 1),
    add check (num_nulls(contrastive_name, contrastive_version, contrastive_digest,
        contrastive_weight) in (0, 4));

alter table finding
    -- The probability by the model that drafts alone; null where it gives none.
    add column drafting_probability    double precision check (drafting_probability between 0 and 1),
    -- How much better the sentence of its presence fits the image than that of its absence.
    add column contrastive_log_odds    double precision,
    -- Null: the contrastive model was not calibrated for this finding.
    add column contrastive_probability double precision check (contrastive_probability between 0 and 1),
    -- Whether both make "probability"; otherwise that is the drafting model's alone.
    add column joined                  boolean,
    add check ((contrastive_log_odds is null) = (joined is null)),
    add check (contrastive_log_odds is not null
        or num_nulls(drafting_probability, contrastive_probability) = 2),
    add check (joined is not true
        or (drafting_probability, contrastive_probability) is not null);
