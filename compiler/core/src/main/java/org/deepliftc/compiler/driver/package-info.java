/**
 * Runs the phases. The only package that knows them all; command line and Maven plugin are thin over it.
 */
package org.deepliftc.compiler.driver;
