/** Work that must happen later even if this process dies. Names and payloads hold no secret. */
export interface Jobs {
  /** Takes the message of this row of visible keys away after a delay in real time. */
  hideLater(visibleKeyId: string, seconds: number): Promise<void>;
}
