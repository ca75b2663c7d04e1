package org.consilium.signaling.relay.room;

import java.time.InstantSource;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.SeatKeeper;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;

/** Everything a room needs of the world. */
public record RoomPorts(
    SignalLimits limits,
    InstantSource clock,
    Timers timers,
    ResumeTokens tokens,
    IceServers iceServers,
    CallJournal journal,
    SeatKeeper keeper,
    SignalMeters meters) {}
