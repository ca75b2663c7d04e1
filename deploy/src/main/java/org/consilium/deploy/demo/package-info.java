/** Demonstration data: people and stories, played through the program's own API. */
package org.consilium.deploy.demo;
