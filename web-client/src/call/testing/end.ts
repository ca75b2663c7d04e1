import { type Path, Peer } from "../peer";
import type { ClientMessage } from "../protocol";
import type { Sending } from "../sending";
import { FakeConnection, type Turn } from "./fakeConnection";

/** Nothing, at the rate of `bitsPerSecond`. */
export const sendingAt = (bitsPerSecond: number): Sending => ({
  tracks: { audio: undefined, video: undefined },
  voice: { bitsPerSecond, packetMilliseconds: 60, lean: false, redundant: false, narrow: false },
  video: { bitsPerSecond: 1, framesPerSecond: 1, scaleDownBy: 1 },
  keepMilliseconds: undefined,
});
const SENDING = sendingAt(16_000);

/** One end: its peer, its connections, and what is on its way to the other. */
export class End {
  readonly connections: FakeConnection[] = [];
  readonly sent: ClientMessage[] = [];
  readonly paths: Path[] = [];
  readonly peer: Peer;

  constructor(name: string, polite: boolean, turn?: Turn, unpacks = false) {
    this.peer = new Peer({
      polite,
      to: { seat: polite ? 1 : 2, epoch: 1 },
      iceServers: [],
      sending: SENDING,
      unpacks,
      send: (message) => this.sent.push(message),
      onStream: () => {},
      onPath: (path) => this.paths.push(path),
      onStill: () => {},
      create: () => {
        const connection = new FakeConnection(`${name}${this.connections.length + 1}`, turn);
        this.connections.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
    });
  }
  get connection(): FakeConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error("none");
    return connection;
  }
  /** How many offers its connections have made. */
  get offers(): number {
    return this.connections.reduce((sum, { offers }) => sum + offers, 0);
  }
  take(message: ClientMessage | undefined): void {
    if (message?.type === "description") this.peer.receiveDescription(message.body);
    else if (message?.type === "candidate") this.peer.receiveCandidate(message.body);
    else if (message?.type === "restart") this.peer.receiveRestart(message.body);
  }
}
