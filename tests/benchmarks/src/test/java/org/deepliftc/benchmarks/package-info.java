/** One question per benchmark class, on real networks and inputs that are not trivial. */
package org.deepliftc.benchmarks;
