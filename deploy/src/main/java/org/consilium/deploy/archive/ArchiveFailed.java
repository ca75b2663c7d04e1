package org.consilium.deploy.archive;

/** An archive cannot be made or entered; the sentence is for the operator. */
public final class ArchiveFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  ArchiveFailed(String sentence) {
    super(sentence);
  }

  ArchiveFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
