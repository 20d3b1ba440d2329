/**
 * The loop program: procedures over flat arrays that every backend prints. It says in which order numbers are added, so
 * that all printers give the same bits; how many lanes run abreast is left to the printer.
 */
package org.deepliftc.compiler.loop;
