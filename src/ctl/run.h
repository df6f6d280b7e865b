/* hotlinectl from its command line to its exit code: reads the arguments, connects and logs in where the command wants it, runs
 * the command. It knows no command itself. */
#ifndef HL_CTL_RUN_H
#define HL_CTL_RUN_H

/* The whole program; argv[0] is its name. Returns an exit code. */
int ctl_main(int argc, char **argv);

#endif
