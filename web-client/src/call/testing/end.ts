import { type Path, Peer } from "../peer";
import type { ClientMessage } from "../protocol";
import { FakeConnection, type Turn } from "./fakeConnection";

/** One end: its peer, its connections, and what is on its way to the other. */
export class End {
  readonly connections: FakeConnection[] = [];
  readonly sent: ClientMessage[] = [];
  readonly paths: Path[] = [];
  readonly peer: Peer;

  constructor(name: string, polite: boolean, turn?: Turn) {
    this.peer = new Peer({
      polite,
      to: { seat: polite ? 1 : 2, epoch: 1 },
      iceServers: [],
      tracks: { audio: undefined, video: undefined },
      videoLimit: { bitsPerSecond: 1, framesPerSecond: 1, scaleDownBy: 1 },
      send: (message) => this.sent.push(message),
      onStream: () => {},
      onPath: (path) => this.paths.push(path),
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
