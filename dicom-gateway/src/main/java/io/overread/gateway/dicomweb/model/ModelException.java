package io.overread.gateway.dicomweb.model;

/** What was sent is no DICOM JSON Model. The message names tags, never values. */
public final class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ModelException(String message) {
    super(message);
  }
}
