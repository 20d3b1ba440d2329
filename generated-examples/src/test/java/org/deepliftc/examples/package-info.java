/** The generated examples as a user's code calls them, and that what is checked in is what the compiler prints. */
package org.deepliftc.examples;
