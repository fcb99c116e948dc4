#ifndef ACR_CTERMINAL_H
#define ACR_CTERMINAL_H
#endif
