import type { Person } from "./attendance";
import { Peer, type PeerOptions } from "./peer";
import type { CallMessage, ClientMessage } from "./protocol";
import type { Sending } from "./sending";

export interface MeshOptions {
  readonly send: (message: ClientMessage) => void;
  /** What is new of one person's media. */
  readonly onChange: (
    seat: number,
    change: Pick<Partial<Person>, "stream" | "path" | "still">,
  ) => void;
  readonly onGone: (peer: Peer) => void;
  /** Stands in for the browser in tests. */
  readonly make?: ((options: PeerOptions) => Peer) | undefined;
}

/** What every peer is made with. */
export interface MeshSetting {
  readonly ownSeat: number;
  readonly iceServers: readonly RTCIceServer[];
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  readonly sending: (person: Person) => Sending;
}

/** Our media connections: one to each other person in the call. */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #peers = new Map<
    number,
    { readonly peer: Peer; readonly epoch: number; readonly since: number }
  >();

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  get peers(): readonly Peer[] {
    return [...this.#peers.values()].map(({ peer }) => peer);
  }

  /** Each of them with whom it leads to. */
  with(people: readonly Person[]): readonly { readonly peer: Peer; readonly person: Person }[] {
    return people.flatMap((person) => {
      const peer = this.#peers.get(person.seat)?.peer;
      return peer ? [{ peer, person }] : [];
    });
  }

  /** One peer for each person and none for anybody else; those of older pages are made anew. */
  follow(people: readonly Person[], open: boolean, setting: () => MeshSetting): void {
    for (const [seat, { epoch }] of this.#peers) {
      if (!people.some((person) => person.seat === seat && person.epoch === epoch)) {
        this.#close(seat);
      }
    }
    for (const person of people) {
      if (!this.#peers.has(person.seat)) this.#meet(person, setting());
      this.#peers.get(person.seat)?.peer.setReachable(open && person.present);
    }
  }

  #meet(person: Person, setting: MeshSetting): void {
    const { seat, epoch } = person;
    const make = this.#options.make ?? ((options: PeerOptions) => new Peer(options));
    const { ownSeat, sending, ...same } = setting;
    const peer = make({
      ...same,
      sending: sending(person),
      packs: person.media.packs,
      polite: ownSeat > seat,
      to: { seat, epoch },
      send: this.#options.send,
      onStream: (stream) => this.#options.onChange(seat, { stream }),
      onPath: (path) => this.#options.onChange(seat, { path }),
      onStill: (still) => this.#options.onChange(seat, { still }),
    });
    this.#peers.set(seat, { peer, epoch, since: performance.now() });
  }

  /** For how many milliseconds we have been at it with this person. */
  ageOf(seat: number): number {
    return performance.now() - (this.#peers.get(seat)?.since ?? performance.now());
  }

  /** Whether the message was about media connections. */
  receive(message: CallMessage): boolean {
    switch (message.type) {
      case "description":
        this.#peers.get(message.from)?.peer.receiveDescription(message.body);
        return true;
      case "candidate":
        this.#peers.get(message.from)?.peer.receiveCandidate(message.body);
        return true;
      case "restart":
        this.#peers.get(message.from)?.peer.receiveRestart(message.body);
        return true;
      default:
        return false;
    }
  }

  /** Messages were missed: by us, or `both` by us and perhaps by the others. */
  repair(present: (seat: number) => boolean, missedBy: "us" | "both"): void {
    for (const [seat, { peer }] of this.#peers) {
      if (!present(seat)) continue;
      if (missedBy === "us") peer.repair();
      else peer.repairIfUnsettled();
    }
  }

  setIceServers(iceServers: readonly RTCIceServer[]): void {
    for (const peer of this.peers) peer.setIceServers(iceServers);
  }

  /** Sends each of them what is meant for them. */
  async send(people: readonly Person[], sending: (person: Person) => Sending): Promise<void> {
    await Promise.all(this.with(people).map(({ peer, person }) => peer.send(sending(person))));
  }

  close(): void {
    for (const seat of this.#peers.keys()) this.#close(seat);
  }

  #close(seat: number): void {
    const peer = this.#peers.get(seat)?.peer;
    if (!peer) return;
    this.#peers.delete(seat);
    peer.close();
    this.#options.onGone(peer);
  }
}
