package org.consilium.signaling.relay.bus;

/** The bus of a server that is alone. */
public final class NoBus implements Bus {
  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public boolean isAlone() {
    return true;
  }

  @Override
  public boolean publish(String subject, String replyTo, byte[] frame) {
    return false;
  }

  @Override
  public Subscription subscribe(String subject, Listener listener) {
    return () -> {};
  }

  @Override
  public void close() {}
}
