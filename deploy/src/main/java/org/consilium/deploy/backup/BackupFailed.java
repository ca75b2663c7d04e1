package org.consilium.deploy.backup;

/** Why no backup was made, or none was restored; its message is for the operator. */
public final class BackupFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  BackupFailed(String sentence) {
    super(sentence);
  }

  BackupFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
