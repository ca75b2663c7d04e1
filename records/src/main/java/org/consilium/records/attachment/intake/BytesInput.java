package org.consilium.records.attachment.intake;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;
import org.consilium.records.attachment.store.Bytes;

/** Lets the JDK's picture readers read bytes where they are kept. */
final class BytesInput extends ImageInputStreamImpl {
  private final Bytes bytes;

  BytesInput(Bytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    var one = bytes.read(streamPos, 1);
    if (one.length == 0) {
      return -1;
    }
    streamPos++;
    return one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (most == 0) {
      return 0;
    }
    var read = bytes.read(streamPos, most);
    if (read.length == 0) {
      return -1;
    }
    System.arraycopy(read, 0, into, from, read.length);
    streamPos += read.length;
    return read.length;
  }

  @Override
  public long length() {
    return bytes.length();
  }
}
