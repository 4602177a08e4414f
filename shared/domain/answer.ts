/** A larger file is not an answer that anybody reads on a screen. The same in the window and in the terminal. Bytes. */
export const LARGEST_ANSWER = 32 * 1024 * 1024;
