/** The most bytes that a document may have, and the most characters of its text. */
export const LARGEST = 64 * 1024 * 1024;
