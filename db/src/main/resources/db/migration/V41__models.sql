-- Several models: a rule may name the one that drafts, and an engine may give no probabilities.

alter table triage_rule add column model text check (length(model) between 1 and 80);
alter table triage_decision add column model text;

-- Null: the engine of the model gives none. The call made of the finding stands in "present".
alter table finding alter column probability drop not null;
