-- Staff search what they may read of other people's exceptions (M-11): number
-- and title, which are the beginning of the words. What was sent before is
-- found by its number until it is sent again.
ALTER TABLE exception_text
  ADD COLUMN IF NOT EXISTS public_chars INT NOT NULL DEFAULT 0 COMMENT 'characters of words that everybody may search';

UPDATE exception_text SET public_chars = CHAR_LENGTH(SUBSTRING_INDEX(words, ' ', 4))
WHERE public_chars = 0;
