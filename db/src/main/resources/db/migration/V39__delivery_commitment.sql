-- Deliveries that are proven by Storage Commitment (PS3.4 J).
-- Written by dicom-gateway only.

alter table delivery
    -- What the destination was asked to commit to the object with; null: it was not asked, or asked
    -- and refused, or is no longer asked. A report counts as long as it stands here.
    add column commitment_transaction_uid text unique references commitment_order;
