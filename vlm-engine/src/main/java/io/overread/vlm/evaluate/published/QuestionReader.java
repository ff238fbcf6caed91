package io.overread.vlm.evaluate.published;

import java.nio.file.Path;

/** Reads one format. */
interface QuestionReader {

  /** Whether the folder has its files. */
  boolean recognises(Path folder);

  /** Its questions; an IllegalArgumentException says what is wrong with them. */
  QuestionSet read(Folder folder, Part part, Shelf shelf);
}
