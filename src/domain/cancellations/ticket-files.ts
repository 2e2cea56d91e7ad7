import type { Secret } from '../secret.ts';
import type { FileFault, FileOwner, FileType, TicketFile } from './ticket-file.ts';

export interface NewTicketFile {
  readonly owner: FileOwner;
  /** Who sent it. */
  readonly personId: string;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: Uint8Array;
}

/** Files that go with tickets, encrypted. Lists do not read what is in them. */
export interface TicketFiles {
  /**
   * A file whose content is there already is not kept twice: that one is given. Under a name of its own among those of its
   * owner. Refuses `too-many-files`.
   */
  add(file: NewTicketFile): Promise<{ readonly file: TicketFile; readonly isNew: boolean }>;
  /** In the order in which they came. */
  of(owner: FileOwner): Promise<TicketFile[]>;
  /** What is in it; `undefined` where it is gone, or was encrypted with another key. */
  read(fileId: string): Promise<Uint8Array | undefined>;
  /** `false`: it was not there, or is not the owner's. */
  remove(owner: FileOwner, fileId: string): Promise<boolean>;
  /**
   * Gives files of a person, who had still to say so, to where they belong. One whose content is there already is dropped.
   * Refuses `too-many-files`; then nothing is moved.
   */
  move(personId: string, fileIds: readonly string[], to: FileOwner): Promise<void>;
  /** What became of it at Partner Center. */
  recordAttached(fileId: string, ticketId: string): Promise<void>;
  recordRefused(fileId: string): Promise<void>;
  /** A person has filed the ticket, with its files. */
  recordAllAttached(reference: string, ticketId: string): Promise<void>;
}

/** Tells what a file is by what is in it, whatever it is called. */
export interface FileInspector {
  inspect(bytes: Uint8Array): Promise<{ readonly type: FileType } | { readonly fault: FileFault }>;
}

/** A file that somebody has sent to the bot, and where it can be fetched for a few minutes by whoever has the address. */
export interface SentFile {
  readonly name: string;
  readonly address: Secret<string>;
}

export interface SentFiles {
  /** Refuses `file-not-fetched`, and `file-bad` where there is more than a file may have. */
  load(file: SentFile): Promise<Uint8Array>;
  /** Puts a file into somebody's OneDrive, at the address that Teams gave for it. `false`: it is not there. */
  put(address: Secret<string>, bytes: Uint8Array): Promise<boolean>;
}
