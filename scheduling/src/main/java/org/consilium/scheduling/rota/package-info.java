/** Rotas: who is on call for a field in a language, in turn, and who takes whose shift. */
package org.consilium.scheduling.rota;
