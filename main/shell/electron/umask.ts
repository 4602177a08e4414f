/**
 * Imported before everything else: no file that this program makes, nor any that a library makes for it, is readable
 * by another user of the computer. A file of its own, since imports run before the code of the file that has them.
 */
process.umask(0o077);
