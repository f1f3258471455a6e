/**
 * The command line: {@link ttrnn.cli.Main} and one class a command. The only package that prints.
 */
@NullMarked
package ttrnn.cli;

import org.jspecify.annotations.NullMarked;
