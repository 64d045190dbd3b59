-- Deciding in the light of what was decided before (M-24, M-30).

ALTER TABLE decision
  ADD COLUMN IF NOT EXISTS precedent_reason VARCHAR(1000) NULL COMMENT 'why it departs from its precedents' AFTER reason;

-- Where a request was copied from; and what covers the same thing already is
-- found by document and asset, or document and unit.
ALTER TABLE exception
  ADD COLUMN IF NOT EXISTS copied_from_id BIGINT NULL COMMENT 'request its first content was copied from' AFTER term_no,
  ADD KEY IF NOT EXISTS exception_document_asset (document_id, asset_id, lane, holds_until),
  ADD KEY IF NOT EXISTS exception_document_unit (document_id, unit_id, lane, holds_until);
