/** Activities that were handled already; Teams delivers some twice. Marks expire after a day. */
export interface Seen {
  has(activityId: string): Promise<boolean>;
  mark(activityId: string): Promise<void>;
}
