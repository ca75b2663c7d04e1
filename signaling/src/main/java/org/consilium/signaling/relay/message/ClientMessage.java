package org.consilium.signaling.relay.message;

/**
 * One message of a client: its head, and where its body lies in the bytes that came.
 *
 * @param type null when the name is unknown to this version
 * @param seq the sender's number, from 1; {@value #ABSENT} when there is none
 * @param to the receiving seat
 * @param epoch the receiver's epoch as the sender knows it
 * @param seat the seat that a host acts on
 * @param ack the highest server number the client has received
 * @param raw the message as it came; nobody changes it
 * @param bodyFrom offset of the body object
 * @param bodyLength its bytes; 0 when there is no body
 */
@SuppressWarnings("ArrayRecordComponent") // Compared nowhere; a copy per message would cost.
public record ClientMessage(
    ClientType type,
    long seq,
    long to,
    long epoch,
    long seat,
    long ack,
    byte[] raw,
    int bodyFrom,
    int bodyLength) {
  /** Stands for a number that the message does not have. */
  public static final long ABSENT = -1;
}
