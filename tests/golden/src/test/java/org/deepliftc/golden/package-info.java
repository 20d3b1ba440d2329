/** Golden files: what each stage of the compiler makes of small models, as text that changes are reviewed by. */
package org.deepliftc.golden;
