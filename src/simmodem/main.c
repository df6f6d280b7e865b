/* hotline-simmodem: simulated GSM modems for the demo, the tests and training; and the commands to talk to them. */
#include "simmodem/client.h"
#include "simmodem/server.h"

int main(int argc, char **argv)
{
	if (argc > 1 && client_knows(argv[1]))
		return client_main(argc - 1, argv + 1);
	return server_main(argc, argv);
}
