/** Wrong on purpose: the architecture tests must find it. */
package org.deepliftc.architecture.broken.stray;
