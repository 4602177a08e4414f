/** "en incident", "3 incidenter": a count with its word, never "1 incidenter". */
export function counted(count: number, one: string, many: string): string {
  return count === 1 ? one : `${count} ${many}`;
}
